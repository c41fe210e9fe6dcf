// SPDX-License-Identifier: Apache-2.0
/// How endpoints find each other (R-DIS): the words that all ways of finding share.
@NullMarked
package dev.pharos.mtp.discovery;

import org.jspecify.annotations.NullMarked;
