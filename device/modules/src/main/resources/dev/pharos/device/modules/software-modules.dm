# SPDX-License-Identifier: Apache-2.0
# What Pharos supports of Device.SoftwareModules. of Device:2.19, the data model of the Broadband Forum: a selection. Names, types,
# ranges, keys and references are those of the standard; texts are our own. Argument names say what is supported: what is not here
# is refused.
model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly
  desc "The device."

object Device.SoftwareModules. readOnly
  desc "Software that management installs beside the firmware."
  param ExecEnvNumberOfEntries readOnly unsignedInt
  param DeploymentUnitNumberOfEntries readOnly unsignedInt
  param ExecutionUnitNumberOfEntries readOnly unsignedInt
  command InstallDU() async
    desc "Fetches an archive and installs what is in it."
    in URL string len=..2048 type=URL mandatory
    in UUID string len=36..36
    in Username string len=..256
    in Password string len=..256
    in Privileged boolean
    in ExecutionEnvRef string len=..256
    in Signature string len=..2048 type=URL
    in ShutdownDelay unsignedInt unit=seconds
    in RequiredRoles string list
    in OptionalRoles string list
    in RequiredUserRoles string list
    in ModuleVersion string len=..32
    in AutoRestart.Enable boolean
    in AutoRestart.RetryMinimumWaitInterval unsignedInt unit=seconds
    in AutoRestart.RetryMaximumWaitInterval unsignedInt unit=seconds
    in AutoRestart.RetryIntervalMultiplier unsignedInt
    in AutoRestart.MaximumRetryCount unsignedInt
    in AutoRestart.ResetPeriod unsignedInt unit=seconds
    in Resources.AllocatedDiskSpace int range=-1.. unit=KiB
    in Resources.AllocatedMemory int range=-1.. unit=KiB
    in Resources.AllocatedCPUPercent int range=-1..100 unit=percent
    in EnvVariable.{i}.Key string len=..2048
    in EnvVariable.{i}.Value string len=..2048
    out UUID string len=36..36
    out Version string len=..32
    out ExecEnvRef string
  event DUStateChange!
    desc "An operation on a deployment unit has ended, well or not."
    arg UUID string len=..36
    arg DeploymentUnitRef string
    arg Version string len=..32
    arg CurrentState string enum=Installed|Uninstalled|Failed
    arg Resolved boolean
    arg ExecutionUnitRefList string list
    arg StartTime dateTime
    arg CompleteTime dateTime
    arg OperationPerformed string enum=Install|Update|Uninstall
    arg Fault.FaultCode unsignedInt
    arg Fault.FaultString string len=..256

object Device.SoftwareModules.ExecEnv.{i}. readOnly key Name! key Alias!
  desc "What runs execution units."
  param Enable readWrite boolean default=true
  param Status readOnly string enum=Up|Error|Disabled|Restarting default=Up
  param Alias readOnly string len=..64 type=Alias
  param Name readOnly string len=..256
  param Type readOnly string len=..64
  param InitialRunLevel readWrite unsignedInt range=..65535 default=1
  param CurrentRunLevel readOnly int range=-1..65535
  param InitialExecutionUnitRunLevel readWrite int range=-1..65535 default=1
  param Vendor readOnly string len=..128
  param Version readOnly string len=..32
  param AvailableDiskSpace readOnly int range=-1.. unit=KiB ignore
  param AvailableMemory readOnly int range=-1.. unit=KiB ignore
  param ActiveExecutionUnits readOnly string list ref=strong:Device.SoftwareModules.ExecutionUnit.{i}.
  param CreatedAt readOnly dateTime
  param RestartReason readOnly string len=..256
  param RestartCount readOnly unsignedInt
  param LastRestarted readOnly dateTime
  command SetRunLevel() sync
    in RequestedRunLevel int range=-1..65535 mandatory
  command Restart() async
    desc "Stops all execution units, and starts those again that start by themselves."
    in Reason string len=..256
  event Restarted!
    arg RestartTime dateTime
    arg RestartReason string len=..256

object Device.SoftwareModules.DeploymentUnit.{i}. readOnly key UUID,Version,ExecutionEnvRef key Alias!
  desc "An archive that is installed."
  param UUID readOnly string len=..36
  param DUID readOnly string len=..64
  param Alias readOnly string len=..64 type=Alias
  param Name readOnly string len=..256
  param Status readOnly string enum=Installing|Installed|Updating|Uninstalling|Uninstalled default=Installed
  param Resolved readOnly boolean
  param URL readOnly string len=..2048 type=URL
  param Description readOnly string len=..256
  param Vendor readOnly string len=..128
  param Version readOnly string len=..32
  param ExecutionUnitList readOnly string list ref=strong:Device.SoftwareModules.ExecutionUnit.{i}.
  param ExecutionEnvRef readOnly string ref=strong:Device.SoftwareModules.ExecEnv.{i}.
  param Installed readOnly dateTime
  param LastUpdate readOnly dateTime
  param ModuleVersion readOnly string len=..32
  command Update() async
    desc "Puts another version in its place."
    in URL string len=..2048 type=URL
    in Username string len=..256
    in Password string len=..256
    in Privileged boolean
    in Signature string len=..2048 type=URL
    in RequiredRoles string list
    in OptionalRoles string list
    in RequiredUserRoles string list
    in RetainData boolean
    in ModuleVersion string len=..32
    in Resources.AllocatedDiskSpace int range=-1.. unit=KiB
    in Resources.AllocatedMemory int range=-1.. unit=KiB
    in Resources.AllocatedCPUPercent int range=-1..100 unit=percent
    in EnvVariable.{i}.Key string len=..2048
    in EnvVariable.{i}.Value string len=..2048
  command Uninstall() async
    desc "Removes it."
    in RetainData boolean

object Device.SoftwareModules.ExecutionUnit.{i}. readOnly key EUID key Alias!
  desc "A process that can be started and stopped, with all that it starts."
  param EUID readOnly string len=..64
  param Alias readOnly string len=..64 type=Alias
  param Name readOnly string len=..256
  param ExecEnvLabel readOnly string len=..64
  param Status readOnly string enum=Idle|Starting|Active|Stopping|Restarting default=Idle
  param ExecutionFaultCode readOnly string enum=NoFault|FailureOnStart|FailureOnAutoStart|FailureOnStop|FailureWhileActive|DependencyFailure|UnStartable default=NoFault
  param ExecutionFaultMessage readOnly string len=..256
  param AutoStart readWrite boolean
  param RunLevel readWrite unsignedInt range=..65535
  param Vendor readOnly string len=..128
  param Version readOnly string len=..32
  param Description readOnly string len=..256
  param Privileged readOnly boolean
  param AllocatedDiskSpace readOnly int range=-1.. unit=KiB
  param DiskSpaceInUse readOnly int range=-1.. unit=KiB ignore
  param AllocatedMemory readOnly int range=-1.. unit=KiB
  param MemoryInUse readOnly int range=-1.. unit=KiB ignore
  param AllocatedCPUPercent readOnly int range=-1..100 unit=percent
  param CPUPercentInUse readOnly int range=-1..100 unit=percent ignore
  param AllocatedHostUID readOnly unsignedInt
  param AllocatedHostGID readOnly string
  param CreationTime readOnly dateTime
  param Uptime readOnly unsignedInt unit=seconds ignore
  param ShutdownDelay readWrite unsignedInt unit=seconds range=..300 default=10
  param ExecutionEnvRef readOnly string ref=strong:Device.SoftwareModules.ExecEnv.{i}.
  command SetRequestedState() sync
    in RequestedState string enum=Idle|Active mandatory
  command Restart() sync

object Device.SoftwareModules.ExecutionUnit.{i}.AutoRestart. readOnly
  desc "Whether and how the unit is started again after it failed."
  param Enable readWrite boolean default=false
  param RetryMinimumWaitInterval readWrite unsignedInt unit=seconds
  param RetryMaximumWaitInterval readWrite unsignedInt unit=seconds
  param RetryIntervalMultiplier readWrite unsignedInt
  param MaximumRetryCount readWrite unsignedInt
  param ResetPeriod readWrite unsignedInt unit=seconds
  param RetryCount readWrite unsignedInt
  param LastRestarted readOnly dateTime
  param NextRestart readOnly dateTime
