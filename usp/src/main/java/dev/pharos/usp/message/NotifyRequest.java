// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

/// Notify: the Agent tells a Controller that something happened (R-NOT.0 to R-NOT.10).
///
/// @param subscriptionId the Subscription's ID; empty for an OnBoardRequest
/// @param sendResponse whether the Controller must answer
public record NotifyRequest(String subscriptionId, boolean sendResponse, Notification notification)
        implements Request<NotifyResponse> {
    @Override
    public Class<NotifyResponse> responseType() {
        return NotifyResponse.class;
    }
}
