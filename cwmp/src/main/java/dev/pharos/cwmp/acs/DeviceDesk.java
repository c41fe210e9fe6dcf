// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.soap.Dialect;
import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// What the ACS has to do with one device in one session. Called by one thread at a time, one call after another; may
/// block, the device waits so long.
public interface DeviceDesk {
    /// How the device is spoken with once its Inform has told who it is; the same for the whole session.
    default Dialect dialect() {
        return Dialect.FIELD;
    }

    /// By which name the device is known, for those who look on; empty where it has none here.
    default Optional<EndpointId> device() {
        return Optional.empty();
    }

    /// Whether the device shall keep its reports back until it has been asked everything, since somebody waits for what
    /// it answers.
    boolean holdsReports();

    /// Stores what the device reports: TransferComplete, the autonomous kinds, RequestDownload or Kicked. Also after
    /// [#ended], for a device that held its reports back.
    ///
    /// @return the response to just this request once it is stored, or a fault; with
    ///     [dev.pharos.cwmp.StandardFaultCode#ACS_RETRY_REQUEST] the device reports it again
    Answer report(CpeRequest<?> report);

    /// What the device is asked next; empty where there is nothing more.
    Optional<AcsRequest<?>> next();

    /// What became of the request that [#next] gave last: its response, or a fault, which is the device's or says that
    /// the device's answer could not be read.
    void answered(AcsRequest<?> request, Answer answer);

    /// The session is over. Called once. A request that was given out and not answered may have been carried out or
    /// not.
    ///
    /// @param inOrder whether the device was asked everything
    void ended(boolean inOrder, String reason);
}
