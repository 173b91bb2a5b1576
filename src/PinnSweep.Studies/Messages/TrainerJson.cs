using System.Text.Json.Serialization;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Messages;

/// <summary>
/// How messages and results are read and written, made by the compiler: found out by reflection in every process it was a third of what a
/// trainer did before its first step. <see cref="TrainerProtocol.Json"/> has the options.
/// </summary>
[JsonSerializable(typeof(TrainerProtocol.Command))]
[JsonSerializable(typeof(TrainerProtocol.Event))]
[JsonSerializable(typeof(TrialResult))]
internal sealed partial class TrainerJson : JsonSerializerContext;
