// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rate;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// That an operation of the REST interface costs the server much: exports, previews over the whole fleet,
/// and what is said of many devices at once. One may do less of these ([RateLimits#heavy()]) than of all
/// others.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Heavy {}
