// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.controller.peer.CallException;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import java.time.Duration;

/// How devices are called: [dev.pharos.controller.UspController#call].
@FunctionalInterface
public interface DeviceLine {
    Response call(EndpointId device, Request<?> request, Duration timeout) throws CallException;
}
