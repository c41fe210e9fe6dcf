// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import org.xbill.DNS.Name;

/// Somebody to put DNS questions to: a server, or everybody on the local network. Blocks the caller until
/// there is an answer or none is to be expected any more.
public sealed interface DnsSource permits UnicastDns, MulticastDns {

    /// @param type of [org.xbill.DNS.Type]
    DnsAnswer ask(Name name, int type);

    /// Who that is, for people.
    String description();
}
