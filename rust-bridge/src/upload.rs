//! The items that a host uploads to a command.

use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Task, Poll, ready};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::blob::Blob;
use crate::connection::Connection;
use crate::connection::calls::Call;
use crate::connection::inbox::{Inbox, Item};
use crate::context::Context;
use crate::error::Error;
use crate::wire::encode;

/// What an item can be bound to: anything that deserializes, and [`Blob`] for raw bytes.
pub trait UploadItem: Sized {
    /// Binds an item.
    #[doc(hidden)]
    fn bind(item: RawItem) -> Result<Self, Error>;
}

/// An item as it came.
#[doc(hidden)]
pub struct RawItem(Item);

impl<T: DeserializeOwned> UploadItem for T {
    fn bind(item: RawItem) -> Result<Self, Error> {
        match item.0 {
            Item::Json(json) => serde_json::from_str(json.get())
                .map_err(|error| Error::invalid_params(format!("bad uploaded item: {error}"))),
            Item::Raw(_) => Err(Error::invalid_params(
                "raw bytes were uploaded where JSON is expected",
            )),
        }
    }
}

impl UploadItem for Blob {
    fn bind(item: RawItem) -> Result<Self, Error> {
        match item.0 {
            Item::Raw(bytes) => Ok(Self(bytes)),
            json => {
                let text = String::bind(RawItem(json))?;
                BASE64.decode(text).map(Self).map_err(|error| {
                    Error::invalid_params(format!("an uploaded string is not base64: {error}"))
                })
            }
        }
    }
}

/// The items that the host uploads, as a [`Stream`]; it sends only as many as are read.
pub struct Upload<T> {
    inbox: Arc<Inbox>,
    call: Arc<Call>,
    connection: Arc<Connection>,
    item: PhantomData<fn() -> T>,
}

impl<T> Upload<T> {
    /// The upload of a call, which has one: calls without were not admitted.
    pub(crate) fn new(context: &Context) -> Self {
        let call = Arc::clone(context.call());
        Self {
            inbox: call.inbox.clone().unwrap_or_default(),
            call,
            connection: Arc::clone(context.connection()),
            item: PhantomData,
        }
    }
}

impl<T: UploadItem> Upload<T> {
    /// The next item; `None` at the end of the upload.
    ///
    /// # Errors
    /// When the item does not fit the type, the host's source failed, or the host is gone.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|task| self.poll_item(task)).await
    }

    fn poll_item(&self, task: &mut Task<'_>) -> Poll<Option<Result<T, Error>>> {
        let (item, grant) = self.inbox.poll_next(task);
        if grant > 0 && !self.call.is_answered() {
            self.connection
                .outbox
                .push(&encode::credit(&self.call.id, grant));
        }
        Poll::Ready(ready!(item).map(|item| T::bind(RawItem(item?))))
    }
}

impl<T: UploadItem> Stream for Upload<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(task)
    }
}
