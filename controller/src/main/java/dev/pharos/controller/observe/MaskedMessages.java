// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import java.util.Set;

/// Requests and their answers as they may be shown and kept: with a mask over every secret.
///
/// @param secrets of the device
public record MaskedMessages(SecretParameters secrets) {

    public Request<?> request(Request<?> request) {
        return (Request<?>) new Masking(secrets, Set.of()).of(request);
    }

    /// @param request that it answers, whose secrets a device may repeat
    public Response response(Request<?> request, Response response) {
        return (Response) new Masking(secrets, secretsOf(request)).of(response);
    }

    /// What a device, or the way to it, said about a request.
    public String text(Request<?> request, String text) {
        return new Masking(secrets, secretsOf(request)).text(text);
    }

    private Set<String> secretsOf(Request<?> request) {
        Masking masking = new Masking(secrets, Set.of());
        masking.of(request);
        return masking.found();
    }
}
