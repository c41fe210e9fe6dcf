// SPDX-License-Identifier: Apache-2.0
/// Subscriptions, what they match, and notifications until they are delivered.
@NullMarked
package dev.pharos.agent.subscription;

import org.jspecify.annotations.NullMarked;
