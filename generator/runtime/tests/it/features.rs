//! Code behind features.

#[cfg(feature = "blocking")]
mod blocking {
    use crate::server::{Server, call, ok};
    use client_runtime::{ErrorKind, response_format};

    #[test]
    fn a_call_can_be_waited_for_outside_of_a_runtime_only() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let server = runtime.block_on(Server::start(vec![ok("7")]));
        let core = server.client();
        let wait = || call(&core).send_blocking_as::<response_format::JsonFormat<i64>>();
        assert_eq!(wait().unwrap(), 7);
        let error = runtime.block_on(async { wait() }).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
    }
}
