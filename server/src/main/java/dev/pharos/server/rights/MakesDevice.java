// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// That an operation of the REST interface about one device ([Reach#DEVICE]) lets one in that was not known before, and
/// so is for such a one too. Whoever has a [Scope] makes none.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MakesDevice {}
