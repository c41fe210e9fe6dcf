// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// That an operation of the REST interface may be used by who has a [Scope], and how it keeps to it; on a class for all
/// that say nothing else. Without any, they are refused.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Reaches {
    Reach value();
}
