//! Tuples, which are arrays of a fixed length.

use super::{Decode, Elements, Encode, Sink, Source, WriteList};

macro_rules! tuple {
    ($len:literal: $($T:ident $t:ident $n:tt),*) => {
        impl<$($T: Decode),*> Decode for ($($T,)*) {
            fn decode(source: &mut dyn Source) -> Option<Self> {
                struct Slots<$($T),*>(usize, ($(Option<$T>,)*));
                impl<$($T: Decode),*> Elements for Slots<$($T),*> {
                    fn element(&mut self, source: &mut dyn Source) {
                        match self.0 {
                            $($n => self.1.$n = $T::decode(source),)*
                            _ => source.fail(&concat!("expected an array of ", $len)),
                        }
                        self.0 += 1;
                    }
                }
                let mut slots = Slots(0, ($(None::<$T>,)*));
                source.list(&mut slots);
                let ($(Some($t),)*) = slots.1 else {
                    source.fail(&concat!("expected an array of ", $len));
                    return None;
                };
                Some(($($t,)*))
            }
        }

        impl<$($T: Encode),*> Encode for ($($T,)*) {
            fn encode(&self, sink: &mut dyn Sink) {
                sink.list(self);
            }
        }

        impl<$($T: Encode),*> WriteList for ($($T,)*) {
            fn write(&self, each: &mut dyn FnMut(&dyn Encode)) {
                $(each(&self.$n);)*
            }
        }
    };
}

tuple!(1: A a 0);
tuple!(2: A a 0, B b 1);
tuple!(3: A a 0, B b 1, C c 2);
tuple!(4: A a 0, B b 1, C c 2, D d 3);
tuple!(5: A a 0, B b 1, C c 2, D d 3, E e 4);
tuple!(6: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5);
tuple!(7: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6);
tuple!(8: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7);
tuple!(9: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8);
tuple!(10: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9);
tuple!(11: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10);
tuple!(12: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10, L l 11);
