// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// A method that one side calls on the other, and the type of the response that answers it.
public sealed interface Request<R extends Response> extends Body permits AcsRequest, CpeRequest {
    /// Its name on the wire, such as `GetRPCMethods`.
    String method();

    /// The only class of response that answers this request.
    Class<R> responseType();
}
