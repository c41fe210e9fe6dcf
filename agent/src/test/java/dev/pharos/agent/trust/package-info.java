// SPDX-License-Identifier: Apache-2.0
/// Whom an agent trusts, without its data model.
@org.jspecify.annotations.NullMarked
package dev.pharos.agent.trust;
