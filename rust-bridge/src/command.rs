//! A daemon's commands: handlers of any type behind one shape.

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::connection::calls::Call;
use crate::context::Context;
use crate::error::Error;
use crate::pace::Pace;
use crate::scope;
use crate::sink::Sink;
use crate::upload::{Upload, UploadItem};
use crate::wire::encode;

/// The encoded answer of a handler, or why there is none.
type Answer = Result<Vec<u8>, Error>;
pub(crate) type AnswerFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;
type Handler = Box<dyn Fn(Context, Params) -> AnswerFuture + Send + Sync>;

/// The parameters of one call, as they came.
pub(crate) struct Params(Option<Box<RawValue>>);

impl Params {
    pub(crate) fn new(params: Option<&RawValue>) -> Self {
        Self(params.map(ToOwned::to_owned))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |json| json.get().len())
    }

    /// Binds them to the handler's type. No parameters, `{}` and `null` are one and the same, so that `()`,
    /// `Option<T>` and a struct of optional fields can all be had without any.
    fn bind<P: DeserializeOwned>(&self) -> Result<P, Error> {
        let json = self.0.as_ref().map_or("{}", |json| json.get());
        let bound = match json {
            "{}" | "null" => serde_json::from_str("{}").or_else(|error| {
                // The error of the object is the one that helps: it names the missing field.
                serde_json::from_str("null").map_err(|_| error)
            }),
            _ => serde_json::from_str(json),
        };
        bound.map_err(|error| Error::invalid_params(format!("invalid params: {error}")))
    }
}

/// A command and its handler.
pub(crate) struct Method {
    pub(crate) name: String,
    sends_chunks: bool,
    pub(crate) takes_upload: bool,
    /// How many calls of this command run at once, where that is limited.
    pub(crate) permits: Option<Arc<Semaphore>>,
    pub(crate) pace: Pace,
    /// The handler never runs on the thread of the connections, however quick it is.
    pub(crate) on_workers: bool,
    handler: Handler,
}

impl Method {
    /// A command that answers once.
    pub(crate) fn unary<P, R, E, F, Fut>(name: &str, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        R: Serialize + Send + 'static,
        E: Into<Error>,
        F: Fn(Context, P) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let handler = Arc::new(handler);
        Self {
            name: name.to_owned(),
            sends_chunks: false,
            takes_upload: false,
            permits: None,
            pace: Pace::default(),
            on_workers: false,
            handler: Box::new(move |context, params| {
                let handler = Arc::clone(&handler);
                let call = Arc::clone(context.call());
                Box::pin(guarded(Arc::clone(&call), async move {
                    let result = handler(context, params.bind()?).await.map_err(Into::into)?;
                    encode::success(&call.id, &result).map_err(|error| {
                        Error::internal(format!("the result is no valid JSON: {error}"))
                    })
                }))
            }),
        }
    }

    /// A command that sends chunks before it answers.
    pub(crate) fn streaming<P, C, R, E, F, Fut>(name: &str, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        C: Send + 'static,
        R: Serialize + Send + 'static,
        E: Into<Error>,
        F: Fn(Context, P, Sink<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let method = Self::unary(name, move |context: Context, params| {
            let sink = Sink::new(&context);
            handler(context, params, sink)
        });
        Self {
            sends_chunks: true,
            ..method
        }
    }

    /// A command that takes items before it answers.
    pub(crate) fn upload<P, T, R, E, F, Fut>(name: &str, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        T: UploadItem + Send + 'static,
        R: Serialize + Send + 'static,
        E: Into<Error>,
        F: Fn(Context, P, Upload<T>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let method = Self::unary(name, move |context: Context, params| {
            let upload = Upload::new(&context);
            handler(context, params, upload)
        });
        Self {
            takes_upload: true,
            ..method
        }
    }

    /// A command that takes items and sends chunks.
    pub(crate) fn duplex<P, T, C, R, E, F, Fut>(name: &str, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        T: UploadItem + Send + 'static,
        C: Send + 'static,
        R: Serialize + Send + 'static,
        E: Into<Error>,
        F: Fn(Context, P, Upload<T>, Sink<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let method = Self::streaming(name, move |context: Context, params, sink| {
            let upload = Upload::new(&context);
            handler(context, params, upload, sink)
        });
        Self {
            takes_upload: true,
            ..method
        }
    }

    /// What the ready event tells of this command.
    pub(crate) fn describe(&self) -> Value {
        let mut description = json!({"name": self.name});
        if self.sends_chunks {
            description["stream"] = true.into();
        }
        if self.takes_upload {
            description["upload"] = true.into();
        }
        description
    }

    /// Whether the handler may run on the thread of the connections. One that sends or takes many items may not:
    /// it is not done when it comes to its first `await`.
    pub(crate) fn is_quick(&self) -> bool {
        let may_be_inline = !self.on_workers && !self.sends_chunks && !self.takes_upload;
        may_be_inline && self.pace.is_quick()
    }

    /// Runs the handler; a panic in it, or in the types it reads and writes, is an error like any other.
    pub(crate) fn run(&self, context: Context, params: Params) -> AnswerFuture {
        (self.handler)(context, params)
    }
}

/// The handler of a call, whose panics are errors and whose log lines name the call.
async fn guarded<T>(
    call: Arc<Call>,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let mut work = pin!(work);
    poll_fn(|task| {
        let poll = || scope::within(&call, || work.as_mut().poll(task));
        catch_unwind(AssertUnwindSafe(poll))
            .unwrap_or_else(|panic| Poll::Ready(Err(Error::from_panic(&*panic))))
    })
    .await
}

/// All commands of a daemon, by name.
pub(crate) type Methods = BTreeMap<String, Arc<Method>>;
