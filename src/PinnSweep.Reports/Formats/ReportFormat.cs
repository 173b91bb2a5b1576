namespace PinnSweep.Reports.Formats;

/// <summary>What a report can be written as.</summary>
public enum ReportFormat
{
    /// <summary><c>report.md</c>, figures as SVG and PNG.</summary>
    Markdown,

    /// <summary>
    /// <c>accuracy.csv</c>, <c>levels.csv</c>, <c>cost.csv</c>, <c>comparisons.csv</c>, <c>trials.csv</c> and <c>curves.csv</c>, and
    /// <c>published.csv</c> where the study carries a published table; of a study that tunes <c>tuned.csv</c>, <c>searches.csv</c>,
    /// <c>proposals.csv</c>, <c>parameters.csv</c> and <c>trials-default.csv</c>; of one with looks <c>verdicts.csv</c>. A study with a design
    /// has <c>space.csv</c>, <c>points.csv</c>, <c>point-by-point.csv</c> and <c>parameters.csv</c> in place of accuracy and comparisons.
    /// Where there are some, <c>external.csv</c> has results of others and <c>notes.csv</c> what was written down.
    /// </summary>
    Csv,

    /// <summary><c>trials.parquet</c>.</summary>
    Parquet,

    /// <summary><c>results.json</c>.</summary>
    Json,

    /// <summary><c>report.html</c>: one file with everything in it.</summary>
    Html,

    /// <summary><c>report.tex</c>, each table alone in <c>tables</c>, figures as PDF.</summary>
    Latex,

    /// <summary><c>tidy.csv</c>: one row a trial, one column a variable.</summary>
    TidyCsv,

    /// <summary><c>tidy.parquet</c>: the same with typed columns.</summary>
    TidyParquet,
}

/// <summary>The words of the command line for <see cref="ReportFormat"/>.</summary>
public static class ReportFormatWords
{
    /// <summary>All formats.</summary>
    public static IReadOnlyList<ReportFormat> All { get; } = Enum.GetValues<ReportFormat>();

    /// <summary><c>md</c>, <c>csv</c>, <c>parquet</c>, <c>json</c>, <c>html</c>, <c>tex</c>, <c>tidy.csv</c>, <c>tidy.parquet</c>.</summary>
    public static string ToWord(this ReportFormat format) => format switch
    {
        ReportFormat.Markdown => "md",
        ReportFormat.Latex => "tex",
        ReportFormat.TidyCsv => "tidy.csv",
        ReportFormat.TidyParquet => "tidy.parquet",
        _ => format.ToString().ToLowerInvariant(),
    };

    /// <summary>The inverse of <see cref="ToWord"/>; null for any other word.</summary>
    public static ReportFormat? FromWord(string word)
    {
        foreach (var format in All)
        {
            if (format.ToWord() == word)
            {
                return format;
            }
        }

        return null;
    }
}
