// SPDX-License-Identifier: Apache-2.0
/// What protects Records themselves, where their transport does not: signatures, codes, and the certificates behind
/// them.
@NullMarked
package dev.pharos.usp.integrity;

import org.jspecify.annotations.NullMarked;
