// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import dev.pharos.mtp.Mtp;
import dev.pharos.usp.EndpointId;

/// A transport and the controller that is reached through it. The agent starts and closes the transport.
public record AgentMtpBinding(Mtp mtp, EndpointId controller) {}
