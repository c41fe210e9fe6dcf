// SPDX-License-Identifier: Apache-2.0
/// Who may do what: the one place that handlers and subscriptions ask.
@NullMarked
package dev.pharos.agent.access;

import org.jspecify.annotations.NullMarked;
