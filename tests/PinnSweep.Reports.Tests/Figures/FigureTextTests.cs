using System.Text;
using System.Xml.Linq;
using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Figures;

/// <summary>No word of a figure leaves its paper or touches another, whatever a study calls its levels and however many it has.</summary>
public sealed class FigureTextTests
{
    // Of solutions the painter of fields is asked in its own tests.
    private static readonly FigureSize[] Sizes = [FigureSize.Page, FigureSize.Column, FigureSize.Slide];

    public static TheoryData<int, int, string> Studies => new()
    {
        { 2, 1, "plain" }, { 6, 6, "plain" }, { 7, 2, "plain" }, { 20, 1, "plain" },
        { 4, 1, "long" }, { 4, 5, "long" }, { 9, 1, "long" }, { 20, 4, "long" }, { 4, 2, "hostile" }, { 8, 3, "hostile" },
        { 3, 2, "one point" }, { 3, 2, "all failed" }, { 5, 4, "alike" },
    };

    [Theory]
    [MemberData(nameof(Studies))]
    public void No_word_of_a_study_leaves_its_paper_or_touches_another(int methods, int problems, string kind)
    {
        var report = StudyReport.Build(Study(methods, problems, kind).Build()) with { HasNemenyi = methods % 2 == 0 };

        // Of figures of the same kind, one a problem, the first: the others differ in curves alone.
        var figures = ReportFigures.Of(report).Select(VisibleDocument.Of).DistinctBy(figure => figure.Name.Split('-')[0] + figure.Panels.Length).ToArray();

        Assert.True(figures.Length > 0 || kind == "all failed");
        Assert.All(figures, RequireApart);
    }

    [Theory]
    [InlineData(2, 20)]
    [InlineData(3, 60)]
    [InlineData(8, 40)]
    public void No_word_of_a_search_leaves_its_paper_or_touches_another(int dimensions, int proposals)
    {
        var search = MadeViews.Of(1, "relobralo", "helmholtz", dimensions, proposals);
        var named = search with { Method = "a method of my own with a name that nobody can remember", Dimensions = [.. search.Dimensions.Select((dimension, d) => d % 3 == 1 ? dimension with { Name = $"{dimension.Name}.of.an.option.with.a.long.name" } : dimension)] };

        Assert.All(
            [
                TuningFigures.ExpectedError([.. Enumerable.Range(1, 8).Select(i => MadeViews.Of(i, $"method{i}", i % 2 == 0 ? "wave" : "helmholtz", dimensions, proposals))])!,
                TuningFigures.Parallel(search)!, TuningFigures.Parallel(named)!, TuningFigures.Slices(named)!, TuningFigures.Proposals(search)!,
                TuningFigures.Importance(SearchImportance.AllOf([search, named, search with { Block = "wave" }]))!,
            ],
            RequireApart);
    }

    [Theory]
    [InlineData("x", "t", 1, "left")]
    [InlineData("longitude of the place", "time since the beginning", 1, "the wall behind which the water stands, which is long")]
    [InlineData("x", "y", 0.25, "inlet")]
    [InlineData("x", "", 1, "start")]
    public void No_word_of_a_domain_leaves_its_paper_or_touches_another(string x, string y, double height, string name)
    {
        DomainPlace Place(int i, params (double X, double Y)[] line) => new($"{name} {i}", i == 3 ? "" : $"condition of {name} {i % 2}", i % 2, [[.. line]], []);
        var up = y.Length == 0 ? new Interval(-1, 1) : new Interval(0, height);
        var domain = new FigureModel("domain", "Domain.", [], [])
        {
            Domain = new(x, y, new(0, 1), up, [(0.5, height / 2)], y.Length == 0
                ? [Place(0, (0, 0)), Place(1, (1, 0))]
                : [Place(0, (0, 0), (1, 0)), Place(1, (1, 0), (1, height)), Place(2, (1, height), (0, height)), Place(3, (0, height), (0, 0)), Place(4, (0.4, height / 2), (0.6, height / 2))]),
        };

        RequireApart(domain);
    }

    [Fact]
    public void A_name_without_room_is_shortened_and_told_in_full()
    {
        var long1 = "a network of my own with a name that is longer than any figure is wide, and its number is 1";
        var long2 = $"{long1[..^1]}2";
        var band = new SeedBand([0, 1], [1, 0.5], [1, 0.5], [1, 0.5]);
        var figure = new FigureModel("curve", "Curve.", [new("", "x", "y", true, [new(0, band), new(1, band)])], [new(long1, 0), new(long2, 1)]) { Size = FigureSize.Column };

        var svg = XElement.Parse(Encoding.UTF8.GetString(FigurePainter.Svg(figure)));

        XNamespace space = "http://www.w3.org/2000/svg";
        Assert.EndsWith($"In full: {long1}; {long2}.", svg.Element(space + "title")!.Value, StringComparison.Ordinal);
        var drawn = svg.Descendants(space + "g").Where(group => group.Attribute("aria-label")?.Value is var said && (said == long1 || said == long2))
            .Select(group => string.Join(' ', group.Elements(space + "use").Select(use => use.Attribute("href")!.Value))).ToArray();
        Assert.Equal(2, drawn.Distinct().Count());
    }

    [Theory]
    [InlineData(FigureSize.Page, 7.0, new[] { 9, 9.375, 7.875 })]
    [InlineData(FigureSize.Column, 3.5, new[] { 7.5, 7.8125, 6.5625 })]
    public void Type_has_the_same_heights_in_all_figures_of_a_size(FigureSize size, double inches, double[] points)
    {
        foreach (var figure in ReportFigures.Of(StudyReport.Build(Made.ManyProblems(6, 8, 3).Build())).DistinctBy(figure => figure.Name.Split('-')[0]))
        {
            var (boxes, paper) = TextBox.Of(figure with { Size = size });

            Assert.Equal(96 * inches, paper.Width, 0.5);
            Assert.All(boxes, box => Assert.Contains(points, height => Math.Abs(height - box.Points) < 0.02));
        }
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(20, 6)]
    public void A_slide_is_filled_with_the_largest_type_that_fits(int methods, int problems) => Assert.All(
        ReportFigures.Of(StudyReport.Build(Study(methods, problems, "plain").Build())).DistinctBy(figure => figure.Name.Split('-')[0]),
        figure =>
        {
            var (boxes, paper) = TextBox.Of(figure with { Size = FigureSize.Slide });

            Assert.Equal((1280, 720), ((int)Math.Round(paper.Width), (int)Math.Round(paper.Height)));
            Assert.InRange(boxes.Min(box => box.Points), methods == 3 ? 12 : 7.8, 17.2);
        });

    private static void RequireApart(FigureModel figure) => Assert.All(Sizes, size =>
    {
        var (boxes, paper) = TextBox.Of(figure with { Size = size });
        Assert.NotEmpty(boxes);
        Assert.All(boxes, box => Assert.False(box.IsCut, $"{figure.Name} on {size} ({paper.Width} × {paper.Height}) cuts “{box.Text}” at {string.Join(' ', box.Corners)}"));
        for (var i = 0; i < boxes.Length; i++)
        {
            for (var j = i + 1; j < boxes.Length; j++)
            {
                Assert.False(boxes[i].Meets(boxes[j]), $"{figure.Name} on {size}: “{boxes[i].Text}” at {boxes[i].Corners[3]} lies over “{boxes[j].Text}” at {boxes[j].Corners[3]}");
            }
        }
    });

    private static StudyResultsBuilder Study(int methods, int problems, string kind)
    {
        string Method(int i) => kind switch
        {
            "long" => $"a balancer of my own with parameters that stand in its name, temperature {i} and memory {10 * i}",
            "hostile" => $"{i} <script>&amp;{new string('W', 40)} \\textbf{{x}} | `a` \u4e2d\u6587 \ud83d\ude00",
            "alike" => $"relobralo temperature=0.{i} memory=0.999 {(i % 2 == 0 ? "with" : "without")} look-back",
            _ => $"method{i}",
        };
        string Problem(int i) => kind is "long" or "alike" ? $"my-burgers-with-viscosity-and-a-moving-shock-number-{i}" : kind == "hostile" ? $"{i}\"'$^~%#_{{}} {new string('m', 30)}" : $"problem{i}";
        var built = new StudyResultsBuilder()
            .With(Factor.Problem, [.. Enumerable.Range(1, problems).Select(i => (Problem(i), Level.Of($"problem{i}"), Array.Empty<string>()))])
            .With(Factor.Balancer, [.. Enumerable.Range(1, methods).Select(i => (Method(i), Level.Of($"method{i}"), Array.Empty<string>()))])
            .Control(Factor.Balancer, "method1")
            .Terms(kind is "long" ? ["residual of the momentum equation", "boundary/the wall at the left, where it is hot", "initial"] : ["residual", "boundary"])
            .Error((levels, seed) => kind == "all failed" ? null
                : Math.Pow(10, (kind == "alike" ? -0.42 : -1) - (0.2 * int.Parse(levels.Balancer.Kind[6..], System.Globalization.CultureInfo.InvariantCulture) % 2) + (0.01 * new RandomStream(seed, levels.Problem.Kind + levels.Balancer.Kind).NextGaussian())));
        return kind == "one point" ? built.Points(1) : problems > 1 && problems < 4 ? built.With(Factor.Network, "mlp", "modified-mlp") : built;
    }
}
