package dev.rustbridge.boot.client.mistaken;

import dev.rustbridge.client.RustBridgeClient;

/**
 * Says that it is a client, and is a class.
 */
@RustBridgeClient("search")
class ClassClient {

}
