/**
 * What keeps an instance of a daemon alive: its generations, its states, and when to try
 * again. Internal.
 */
@NullMarked
package dev.rustbridge.supervision;

import org.jspecify.annotations.NullMarked;
