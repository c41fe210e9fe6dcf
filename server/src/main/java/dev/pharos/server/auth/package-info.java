// SPDX-License-Identifier: Apache-2.0
/// Who may use the REST interface and the page: tokens, sessions, and what is done with those who guess.
@NullMarked
package dev.pharos.server.auth;

import org.jspecify.annotations.NullMarked;
