using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Reports.Tests.Figures;

/// <summary>Figures of made-up studies as files, for eyes.</summary>
public sealed class FigureGalleryTests(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public void Every_figure_of_several_studies_is_written_to_be_looked_at()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "gallery");
        Write("four", Made.FourMethods().Build().WithFields(MadeFields.Wave), FigureSize.Page);
        Write("four-column", Made.FourMethods().Build().WithFields(MadeFields.Hump), FigureSize.Column);
        Write("many", Made.ManyProblems(6, 5, 5).Build().WithFields(MadeFields.Wave), FigureSize.Page);
        Write("twenty", Made.ManyProblems(3, 20, 10).Build().WithFields(MadeFields.Hump), FigureSize.Page);
        Write("twenty-column", Made.ManyProblems(3, 20, 10).Build().WithFields(MadeFields.Wave), FigureSize.Column);
        Write("six-slide", Made.ManyProblems(6, 6, 5).Build().WithFields(MadeFields.Wave), FigureSize.Slide);
        Write("unknown", Made.ManyProblems(1, 3, 3).Build().WithFields(MadeFields.Wave, isKnown: false), FigureSize.Page);

        void Write(string name, StudyResults results, FigureSize size)
        {
            foreach (var figure in ReportFigures.Of(StudyReport.Build(results) with { FigureSize = size }))
            {
                var path = Path.Combine(folder, name, $"{figure.Name}.png");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, FigurePainter.Png(figure));
                output.WriteLine($"{path}: {figure.Caption}");
            }
        }
    }
}
