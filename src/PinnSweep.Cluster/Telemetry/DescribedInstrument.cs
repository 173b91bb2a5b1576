using System.Collections.Immutable;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>An instrument as the document of metrics lists it.</summary>
/// <param name="Name">By the naming of OpenTelemetry: <c>pinnsweep.trials.accepted</c>.</param>
/// <param name="Kind">What its numbers are.</param>
/// <param name="Unit">In UCUM, counted things in braces.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Labels">What its numbers are told apart by; each takes few values.</param>
public sealed record DescribedInstrument(string Name, InstrumentKind Kind, string Unit, string Description, ImmutableArray<string> Labels);
