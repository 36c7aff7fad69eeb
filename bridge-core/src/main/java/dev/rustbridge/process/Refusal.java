package dev.rustbridge.process;

import dev.rustbridge.BridgeStartException.Reason;

/**
 * Why a candidate is not executed.
 *
 * @param reason the kind of failure, if no better candidate is found
 * @param why a text that goes on after the candidate's path: "is a directory"
 */
record Refusal(Reason reason, String why) {

}
