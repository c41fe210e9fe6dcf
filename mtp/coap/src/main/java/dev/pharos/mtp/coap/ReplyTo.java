// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.net.InetSocketAddress;
import java.util.List;

/// Where a peer wants its answers, as each of its requests says in the Uri-Query option
/// `reply-to=<coap or coaps URI>`.
///
/// Whoever could choose freely would have us send to others. So answers go to the address that the request came from
/// and to no other: a host that is written as an address must be that one, and a name is not looked up but taken for
/// it. The port and the path are the peer's to choose, the scheme is that of the request. This is no proof that
/// somebody is there who wants anything, since the source of a datagram can be forged: see [CoapConnection].
record ReplyTo(CoapUri uri, InetSocketAddress address) {
    private static final String KEY = "reply-to=";

    /// @param queries the Uri-Query options of the request
    /// @param source where it came from
    /// @param secure whether it came over DTLS
    /// @throws MalformedInputException where it names no place, or another than it may
    static ReplyTo read(List<String> queries, InetSocketAddress source, boolean secure) throws MalformedInputException {
        List<String> said =
                queries.stream().filter(query -> query.startsWith(KEY)).toList();
        if (said.size() != 1) {
            throw malformed(said.isEmpty() ? "no reply-to in the query" : "more than one reply-to in the query");
        }
        CoapUri uri;
        try {
            uri = CoapUri.parse(said.getFirst().substring(KEY.length()));
        } catch (MalformedInputException malformed) {
            throw malformed("reply-to: " + malformed.detail());
        }
        if (uri.secure() != secure) {
            throw malformed("reply-to: the way back must be " + (secure ? "coaps" : "coap") + " as the request is");
        }
        if (uri.literal().filter(host -> !host.equals(source.getAddress())).isPresent()) {
            throw malformed("reply-to: it points to another host than the request came from");
        }
        CoapUri answerable = uri.at(source.getAddress(), uri.port());
        return new ReplyTo(answerable, new InetSocketAddress(source.getAddress(), uri.port()));
    }

    /// The option of our own requests.
    static String option(CoapUri own) {
        return KEY + own;
    }

    private static MalformedInputException malformed(String detail) {
        return new MalformedInputException(StandardErrorCode.RECORD_COULD_NOT_BE_PARSED, detail);
    }
}
