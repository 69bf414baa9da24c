//! Tuples, which are arrays of a fixed length. A tuple of codecs is the codec of a tuple.

use super::{Decode, DecodedAs, Elements, Encode, ReadAs, Sink, Source, WriteAs, WriteList, coded};

macro_rules! tuple {
    ($len:literal: $($T:ident $C:ident $t:ident $n:tt),*) => {
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

        impl<$($T: Send, $C: ReadAs<$T>),*> ReadAs<($($T,)*)> for ($($C,)*) {
            fn read(source: &mut dyn Source) -> Option<($($T,)*)> {
                let values = <($(DecodedAs<$C, $T>,)*)>::decode(source)?;
                Some(($(values.$n.into_value(),)*))
            }
        }

        impl<$($T, $C: WriteAs<$T>),*> WriteAs<($($T,)*)> for ($($C,)*) {
            fn write(value: &($($T,)*), sink: &mut dyn Sink) {
                ($(coded::<$C, $T>(&value.$n),)*).encode(sink);
            }
        }
    };
}

tuple!(1: A CA a 0);
tuple!(2: A CA a 0, B CB b 1);
tuple!(3: A CA a 0, B CB b 1, C CC c 2);
tuple!(4: A CA a 0, B CB b 1, C CC c 2, D CD d 3);
tuple!(5: A CA a 0, B CB b 1, C CC c 2, D CD d 3, E CE e 4);
tuple!(6: A CA a 0, B CB b 1, C CC c 2, D CD d 3, E CE e 4, F CF f 5);
tuple!(7: A CA a 0, B CB b 1, C CC c 2, D CD d 3, E CE e 4, F CF f 5, G CG g 6);
tuple!(8: A CA a 0, B CB b 1, C CC c 2, D CD d 3, E CE e 4, F CF f 5, G CG g 6, H CH h 7);
tuple!(9: A CA a 0, B CB b 1, C CC c 2, D CD d 3, E CE e 4, F CF f 5, G CG g 6, H CH h 7, I CI i 8);
tuple!(10: A CA a 0, B CB b 1, C CC c 2, D CD d 3, E CE e 4, F CF f 5, G CG g 6, H CH h 7, I CI i 8, J CJ j 9);
tuple!(11: A CA a 0, B CB b 1, C CC c 2, D CD d 3, E CE e 4, F CF f 5, G CG g 6, H CH h 7, I CI i 8, J CJ j 9, K CK k 10);
tuple!(12: A CA a 0, B CB b 1, C CC c 2, D CD d 3, E CE e 4, F CF f 5, G CG g 6, H CH h 7, I CI i 8, J CJ j 9, K CK k 10, L CL l 11);
