# SPDX-License-Identifier: Apache-2.0
model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly

object Device.ManagementServer. readOnly
  desc "How the device is managed over TR-069."
  param EnableCWMP readWrite boolean default=true
  param URL readWrite string len=..2048
  param Username readWrite string len=..256
  param Password readWrite string len=..256 secured
  param PeriodicInformEnable readWrite boolean default=true
  param PeriodicInformInterval readWrite unsignedInt range=1.. unit=seconds default=86400
  param PeriodicInformTime readWrite dateTime
  param ConnectionRequestURL readOnly string len=..2048
  param ConnectionRequestUsername readWrite string len=..256
  param ConnectionRequestPassword readWrite string len=..256 secured
  param SupportedConnReqMethods readOnly string
  param ParameterKey readOnly string len=..32
  param CWMPRetryMinimumWaitInterval readWrite unsignedInt range=1..65535 unit=seconds default=5
  param CWMPRetryIntervalMultiplier readWrite unsignedInt range=1000..65535 default=2000
  param AliasBasedAddressing readOnly boolean default=false
  param STUNEnable readWrite boolean default=false
  param STUNServerAddress readWrite string len=..256
  param STUNServerPort readWrite unsignedInt range=1..65535 default=3478
  param STUNMinimumKeepAlivePeriod readWrite unsignedInt range=5.. unit=seconds default=30
  param UDPConnectionRequestAddress readOnly string len=..256
  param NATDetected readOnly boolean default=false

object Device.ManagementServer.AutonomousTransferCompletePolicy. readOnly
  desc "Of which transfers of files the ACS hears that it has not ordered."
  param Enable readWrite boolean default=false
  param TransferTypeFilter readWrite string enum=Upload|Download|Both default=Both
  param ResultTypeFilter readWrite string enum=Success|Failure|Both default=Both
  param FileTypeFilter readWrite string list len=..1024

object Device.ManagementServer.DUStateChangeComplPolicy. readOnly
  desc "Of which changes of its software modules that the ACS has not asked for the device tells it. A filter that is empty lets all through."
  param Enable readWrite boolean default=false
  param OperationTypeFilter readWrite string list enum=Install|Update|Uninstall
  param ResultTypeFilter readWrite string enum=Success|Failure|Both default=Both
  param FaultCodeFilter readWrite string list
