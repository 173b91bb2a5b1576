using System.Collections.Immutable;
using System.Text;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Reports.Papers;

/// <summary>What became of a paper's folder.</summary>
/// <param name="Files">Names of what was written.</param>
/// <param name="Kept">Files of the author's that stand where one of ours would.</param>
/// <param name="MovedAside">Files of ours that somebody had changed, with the name that they have now.</param>
public sealed record WrittenPaper(ImmutableArray<string> Files, ImmutableArray<string> Kept, ImmutableArray<(string Name, string Now)> MovedAside);

/// <summary>Writes the folder of a paper. What its author wrote is never lost.</summary>
public static class PaperWriter
{
    private const string Kind = "paper";
    private const string Readme = "README.txt";

    /// <summary>
    /// Writes text, tables, figures, references and data. <c>paper.tex</c> is kept where it is not as it was written; another file of ours
    /// that was changed is moved aside; a file that is none of ours is not touched, and nothing is written at all.
    /// </summary>
    /// <exception cref="UserMistakeException">The folder cannot be written, or has a file of its own where one would come.</exception>
    public static WrittenPaper Write(StudyReport report, PaperSources sources, string folder)
    {
        var files = PaperFiles.Of(report, sources);
        try
        {
            using var written = ReportFolder.Open(folder, report.Header.Hash);
            var names = files.Texts.Select(file => file.Name).Concat(files.Figures.Select(figure => $"figures/{figure.Name}.pdf")).Append(PaperFiles.Tidy).Append(Readme).ToArray();
            var owned = names.ToDictionary(name => name, written.OwnerOf, StringComparer.Ordinal);
            ImmutableArray<string> kept = owned[PaperFiles.Paper] is FileOwner.Nobody or FileOwner.Report ? [] : [PaperFiles.Paper];
            if (names.Except(kept).FirstOrDefault(name => owned[name] == FileOwner.Others) is { } foreign)
            {
                throw new UserMistakeException($"--paper {folder}: '{foreign}' there is of no earlier paper of PinnSweep and would be overwritten; name another folder, for instance {Path.Combine(folder, "pinnsweep")}");
            }

            Write(written, files, report.FigureSize, kept);
            ImmutableArray<(string, string)> aside = [.. names.Except(kept).Where(name => owned[name] == FileOwner.Edited).Select(name => (name, written.MoveAside(name)))];
            return new(written.Complete(), kept, aside);
        }
        catch (Exception exception) when (ReportWriter.Refusal(exception) is { } refusal)
        {
            throw new UserMistakeException($"the paper cannot be written to '{folder}': {refusal.Message}", refusal);
        }
    }

    private static void Write(ReportFolder folder, PaperFiles files, FigureSize size, ImmutableArray<string> kept)
    {
        foreach (var (name, text) in files.Texts.Where(file => !kept.Contains(file.Name)))
        {
            folder.Write(name, Kind, stream => stream.Write(PaperFiles.Encode(text)));
        }

        folder.Write(PaperFiles.Tidy, Kind, stream => stream.Write(files.TidyData));
        using var drawn = new FigureFiles(size);
        Parallel.ForEach(files.Figures, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, figure => folder.Write($"figures/{figure.Name}.pdf", Kind, stream => stream.Write(drawn.Drawing(figure).Pdf())));
        folder.Write(Readme, Kind, stream => stream.Write(PaperFiles.Encode(Words(folder))));
    }

    private static string Words(ReportFolder folder)
    {
        var text = new StringBuilder("""
            A paper's parts, made by PinnSweep from its store.

            paper.tex               puts all together: pdflatex, bibtex, pdflatex, pdflatex. It is yours; a report keeps it once it is changed
            methods.tex             what was trained and how, which statistics
            results.tex             what came out, in sentences
            data-availability.tex   data and code
            references.bib          the works cited
            tables/, figures/       to be put into a paper: \input{tables/accuracy}
            tidy.csv                every trial, a row each

            All but paper.tex are made anew by the next report; one that was changed is moved aside first. Their SHA-256 now:


            """.ReplaceLineEndings("\n"));
        foreach (var (name, hash) in folder.Hashes)
        {
            text.Append(hash).Append("  ").Append(name).Append('\n');
        }

        return text.ToString();
    }
}
