using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Audits;

/// <summary>A number of a published table.</summary>
/// <param name="Case">The problem, as the table calls it.</param>
/// <param name="Method">The method, as the table calls it.</param>
/// <param name="Metric">The error that it is; empty where the table has one alone.</param>
/// <param name="Source">Where it stands, for instance the number of the table; empty where that is not told.</param>
/// <param name="Mean">Mean error over runs, above zero.</param>
/// <param name="Deviation">Standard deviation over runs; null where it is not told.</param>
/// <param name="Runs">Runs; null where that is not told.</param>
/// <param name="Floor">The error of the reference that errors were measured against; null where it is not known.</param>
/// <param name="Trivial">The smallest error of a field that solves nothing; null where it is not known.</param>
/// <param name="Void">Why the case says nothing, for instance that its reference does not solve its equation; null where it is sound.</param>
/// <param name="Place">Where it was read.</param>
public sealed record AuditedValue(
    string Case, string Method, string Metric, string Source, double Mean, double? Deviation, int? Runs, double? Floor, double? Trivial, string? Void, Place Place);
