// SPDX-License-Identifier: Apache-2.0
/// The USP Broker: Services on this host register parts of the data model, and controllers see one agent.
/// [dev.pharos.agent.broker.UspService] is the other side, an agent that is such a Service.
@NullMarked
package dev.pharos.agent.broker;

import org.jspecify.annotations.NullMarked;
