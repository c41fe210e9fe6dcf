// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.usp.EndpointId;

/// Knows what a device gets that asks for a file by itself (RequestDownload). Thread-safe.
@FunctionalInterface
public interface RequestedFiles {
    /// Nobody gets anything.
    RequestedFiles NONE = (device, request, proven) -> new Offer.Nothing("this server has no files for devices");

    /// @param proven whether the device has proved who it is in this session
    Offer offer(EndpointId device, RequestDownload request, boolean proven);

    /// What becomes of the request.
    sealed interface Offer {
        /// @param order by which it is told, in the same session
        /// @param what it gets, in words for people
        record File(Errand.FetchFile order, String what) implements Offer {}

        /// @param reason in words for people
        record Nothing(String reason) implements Offer {}
    }
}
