/**
 * How the bridges become beans: named, built, and found again.
 */
@NullMarked
package dev.rustbridge.boot.bean;

import org.jspecify.annotations.NullMarked;
