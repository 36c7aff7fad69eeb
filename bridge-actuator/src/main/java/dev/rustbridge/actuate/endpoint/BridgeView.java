package dev.rustbridge.actuate.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.rustbridge.BridgeFrame;
import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;

/**
 * What can be looked at in a bridge by itself.
 */
public enum BridgeView {

	/** The last frames that went over its wire, oldest first, without their contents. */
	FRAMES {
		@Override
		Object of(RustBridge bridge) {
			return bridge.frames().stream().map(BridgeView::frame).toList();
		}
	};

	abstract Object of(RustBridge bridge);

	private static Map<String, @Nullable Object> frame(BridgeFrame frame) {
		Map<String, @Nullable Object> told = new LinkedHashMap<>();
		told.put("at", frame.at());
		told.put("direction", frame.direction());
		told.put("kind", frame.kind());
		told.put("id", frame.id());
		told.put("name", frame.name());
		told.put("bytes", frame.size());
		told.put("instance", frame.instance());
		told.put("generation", frame.generation());
		return told;
	}

}
