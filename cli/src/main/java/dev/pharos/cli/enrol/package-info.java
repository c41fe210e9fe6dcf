// SPDX-License-Identifier: Apache-2.0
/// How an agent gets a certificate of its own: by EST (RFC 7030), first with what it was shipped with, then with the
/// certificate itself.
@NullMarked
package dev.pharos.cli.enrol;

import org.jspecify.annotations.NullMarked;
