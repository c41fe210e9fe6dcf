# SPDX-License-Identifier: Apache-2.0
model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly

object Device.ManagementServer. readOnly
  param ConnReqXMPPConnection readWrite string len=..256 ref=strong:Device.XMPP.Connection.{i}.
  param ConnReqAllowedJabberIDs readWrite string list len=..256
  param ConnReqJabberID readOnly string

object Device.XMPP. readOnly
  desc "Connections to XMPP servers, over one of which an ACS calls the device."
  param ConnectionNumberOfEntries readOnly unsignedInt
  param SupportedServerConnectAlgorithms readOnly string list enum=DNS|ServerTable

object Device.XMPP.Connection.{i}. addDelete key Alias! key Username,Domain,Resource
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param Username readWrite string len=..256
  param Password readWrite string len=..256 secured
  param Domain readWrite string len=..64
  param Resource readWrite string len=..64
  param JabberID readOnly string
  param Status readOnly string enum=Enabled|Disabled|Connecting|ServerNotPresent|Error_AuthenticationFailure|Error default=Disabled
  param ServerConnectAlgorithm readWrite string enum=DNS|ServerTable default=DNS
  param KeepAliveInterval readWrite long range=-1.. unit=seconds default=-1
  param ServerRetryInitialInterval readWrite unsignedInt range=1..65535 unit=seconds default=60
  param ServerRetryIntervalMultiplier readWrite unsignedInt range=1000..65535 default=2000
  param UseTLS readWrite boolean default=false
  param TLSEstablished readOnly boolean default=false
  param ServerNumberOfEntries readOnly unsignedInt

object Device.XMPP.Connection.{i}.Server.{i}. addDelete key Alias! key ServerAddress,Port
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param Priority readWrite unsignedInt range=..65535 default=0
  param Weight readWrite long range=-1..65535 default=-1
  param ServerAddress readWrite string len=..256
  param Port readWrite unsignedInt range=..65535 default=5222
