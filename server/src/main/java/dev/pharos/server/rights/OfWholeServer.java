// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// That an operation of the REST interface shows what is of all tenants, or of nobody yet: where there are several, it
/// is for who looks after the server ([Right#PLATFORM]).
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface OfWholeServer {}
