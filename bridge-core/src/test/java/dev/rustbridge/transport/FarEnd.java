package dev.rustbridge.transport;

/**
 * A link, and what is on its other end.
 *
 * @param link the link, not started
 * @param peer the other end
 */
public record FarEnd(Link link, Peer peer) {

	/**
	 * The other end, as a test sees it.
	 */
	public interface Peer {

		/**
		 * Whether it has done all it was to do, and is gone.
		 * @return whether it is gone
		 */
		boolean isGone();

		/**
		 * Ends it the hard way.
		 */
		void kill();

	}

}
