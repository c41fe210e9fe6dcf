// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

/// A request of one endpoint to another, and the type of the response that answers it.
public sealed interface Request<R extends Response> extends Body
        permits GetRequest,
                SetRequest,
                AddRequest,
                DeleteRequest,
                OperateRequest,
                GetInstancesRequest,
                GetSupportedDmRequest,
                GetSupportedProtocolRequest,
                NotifyRequest,
                RegisterRequest,
                DeregisterRequest {
    /// The only class of response that answers this request.
    Class<R> responseType();
}
