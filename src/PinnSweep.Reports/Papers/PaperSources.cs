using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Papers;

/// <summary>What a paper needs beside the report: it is none of the results.</summary>
/// <param name="Catalog">What the kinds of a study are, with the sources of each.</param>
/// <param name="Works">The works that sources name.</param>
/// <param name="StudyFile">The study file as its author wrote it; null where the store has none.</param>
public sealed record PaperSources(Catalog Catalog, Bibliography Works, string? StudyFile);
