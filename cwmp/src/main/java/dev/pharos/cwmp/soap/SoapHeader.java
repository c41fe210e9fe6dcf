// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the header of an envelope says.
///
/// @param id by which a response is known; a response has that of its request
/// @param holdRequests by an ACS: the CPE shall send no requests until it is told otherwise
/// @param noMoreRequests said by peers of the first issue of TR-069 only, and without meaning today: read, never
/// written
/// @param sessionTimeout by a CPE in an Inform: how long the ACS shall keep the session without a sign of it, in whole
///     seconds
/// @param versions which versions of CWMP are there to choose from, and which one is chosen
/// @param notUnderstood local names of elements that a receiver must understand and that are none of CWMP's
public record SoapHeader(
        Optional<String> id,
        boolean holdRequests,
        boolean noMoreRequests,
        Optional<Duration> sessionTimeout,
        Versions versions,
        List<String> notUnderstood) {
    public static final SoapHeader EMPTY = ofId(Optional.empty());

    public SoapHeader {
        notUnderstood = List.copyOf(notUnderstood);
    }

    /// @param supported by a CPE in an Inform, as numbers such as `1.4`, empty before CWMP 1.4
    /// @param use by an ACS in the response to it
    public record Versions(List<String> supported, Optional<String> use) {
        public static final Versions UNSAID = new Versions(List.of(), Optional.empty());

        public Versions {
            supported = List.copyOf(supported);
        }
    }

    public static SoapHeader ofId(Optional<String> id) {
        return new SoapHeader(id, false, false, Optional.empty(), Versions.UNSAID, List.of());
    }

    public static SoapHeader ofId(String id) {
        return ofId(Optional.of(id));
    }

    public SoapHeader withHoldRequests(boolean hold) {
        return new SoapHeader(id, hold, noMoreRequests, sessionTimeout, versions, notUnderstood);
    }

    public SoapHeader withSessionTimeout(Duration timeout) {
        return new SoapHeader(id, holdRequests, noMoreRequests, Optional.of(timeout), versions, notUnderstood);
    }

    public SoapHeader withVersions(Versions said) {
        return new SoapHeader(id, holdRequests, noMoreRequests, sessionTimeout, said, notUnderstood);
    }
}
