// SPDX-License-Identifier: Apache-2.0
/// Devices that come for the first time and get a certificate of their own: who may, and EST (RFC 7030), by which they
/// ask.
@NullMarked
package dev.pharos.server.enrolment;

import org.jspecify.annotations.NullMarked;
