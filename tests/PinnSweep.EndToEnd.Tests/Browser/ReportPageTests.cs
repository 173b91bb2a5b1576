using Microsoft.Playwright;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Testing.Processes;
using PinnSweep.Testing.Studies;
using static Microsoft.Playwright.Assertions;

namespace PinnSweep.EndToEnd.Tests.Browser;

/// <summary>The one file that a report is as HTML, opened as a file: a table too wide for any window, and more rows than fit one.</summary>
public sealed class ReportPageTests(Chromium chromium, ReportPage report) : IClassFixture<Chromium>, IClassFixture<ReportPage>
{
    private static readonly int[] Widths = [360, 800, 1280, 2560];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task It_fits_every_window_is_accessible_and_complains_of_nothing(ColorScheme scheme)
    {
        Chromium.Need();
        await using var browser = await chromium.OpenAsync("file://", scheme);
        await browser.GoAsync(report.Address);
        var wrong = new List<string>();
        foreach (var width in Widths)
        {
            await browser.Page.SetViewportSizeAsync(width, 900);
            var over = await browser.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (over > 0)
            {
                wrong.Add(FormattableString.Invariant($"{width}: {over} too wide"));
            }

            await browser.Page.ScreenshotAsync(new() { Path = report.Screenshot(scheme, width) });
        }

        // The same parts in smaller numbers: axe-core looks at every one.
        await browser.GoAsync(report.Small);
        foreach (var width in (int[])[1280, 360])
        {
            await browser.Page.SetViewportSizeAsync(width, 900);
            wrong.AddRange(await browser.FindingsAsync());
        }

        Assert.Equal([], wrong);
        Assert.Equal([], browser.Complaints);
    }

    [Fact]
    public async Task Columns_are_sorted_rows_filtered_and_methods_hidden_by_keyboard_too()
    {
        Chromium.Need();
        await using var browser = await chromium.OpenAsync("file://");
        await browser.GoAsync(report.Address);
        var page = browser.Page;
        var rows = page.Locator("#accuracy tbody tr");
        var heads = await rows.Locator("th").AllTextContentsAsync();

        // The smallest error first, the largest first, and the order of the report again.
        var column = page.Locator("#accuracy thead th").Nth(1);
        await column.GetByRole(AriaRole.Button).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(column).ToHaveAttributeAsync("aria-sort", "ascending");
        Assert.Equal(heads.Reverse(), await rows.Locator("th").AllTextContentsAsync());
        await page.Keyboard.PressAsync("Enter");
        await Expect(column).ToHaveAttributeAsync("aria-sort", "descending");
        Assert.Equal(heads, await rows.Locator("th").AllTextContentsAsync());
        await page.Keyboard.PressAsync("Enter");
        Assert.Null(await column.GetAttributeAsync("aria-sort"));

        await page.GetByLabel("Filter rows of table accuracy").FillAsync("method3");
        await Expect(rows.Filter(new() { Visible = true })).ToHaveTextAsync([new System.Text.RegularExpressions.Regex("^method3")]);
        await page.GetByLabel("Filter rows of table accuracy").FillAsync("");

        // Whoever is hidden is so in every table and in the lines of figures, whose colour is another one's otherwise.
        var line = page.Locator("figure svg [stroke='#0072B2' i]").First;
        await Expect(line).ToBeVisibleAsync();
        await page.GetByLabel("method2", new() { Exact = true }).UncheckAsync();
        await Expect(rows.Filter(new() { Visible = true })).ToHaveCountAsync(ReportPage.Methods - 1);
        await Expect(page.Locator("#cost tbody tr").Filter(new() { Visible = true, HasText = "method2" })).ToHaveCountAsync(0);
        await page.GetByLabel("method2", new() { Exact = true }).CheckAsync();
        await Expect(rows.Filter(new() { Visible = true })).ToHaveCountAsync(ReportPage.Methods);
        Assert.Equal([], browser.Complaints);
    }

    [Fact]
    public async Task A_line_is_hidden_with_its_method_and_tells_its_value_under_the_pointer()
    {
        Chromium.Need();
        await using var browser = await chromium.OpenAsync("file://");
        await browser.GoAsync(report.Small);
        var page = browser.Page;
        var line = page.Locator("figure svg path[stroke='#0072B2' i]").First;
        await Expect(line).ToBeVisibleAsync();

        await page.GetByLabel("method2", new() { Exact = true }).UncheckAsync();
        await Expect(line).ToBeHiddenAsync();
        await page.GetByLabel("method2", new() { Exact = true }).CheckAsync();
        await Expect(line).ToBeVisibleAsync();

        // At the right end of the first panel both lines have their final errors, to three digits.
        var svg = page.Locator("figure svg").First;
        var at = await svg.EvaluateAsync<float[]>(
            """
            svg => {
              const [left, top, width, height] = JSON.parse(svg.closest("figure").dataset.plot).p[0].r;
              const point = new DOMPoint(left + width - 2, top + height / 2).matrixTransform(svg.getScreenCTM());
              return [point.x, point.y];
            }
            """);
        await page.Mouse.MoveAsync(at[0], at[1]);
        await Expect(page.Locator(".tip").First).ToContainTextAsync("optimizer steps 2,000");
        await Expect(page.Locator(".tip").First).ToContainTextAsync("method1 (control)0.1");
        await Expect(page.Locator(".tip").First).ToContainTextAsync("method25.00e-2");
        Assert.Equal([], browser.Complaints);
    }

    [Fact]
    public async Task Numbers_lead_to_the_trials_behind_them()
    {
        Chromium.Need();
        await using var browser = await chromium.OpenAsync("file://");
        await browser.GoAsync(report.Address);
        var page = browser.Page;

        await page.Locator("#accuracy tbody tr").Nth(1).GetByRole(AriaRole.Link).First.ClickAsync();

        var target = page.Locator("#evidence tr:target");
        await Expect(target).ToBeInViewportAsync();
        await Expect(target).ToContainTextAsync("method2");
        Assert.Equal([], browser.Complaints);
    }

    [Fact]
    public async Task Without_scripts_everything_is_there()
    {
        Chromium.Need();
        await using var with = await chromium.OpenAsync("file://");
        await with.GoAsync(report.Address);
        await using var without = await chromium.OpenAsync("file://", hasScripts: false);
        await without.GoAsync(report.Address);

        Assert.Equal(await with.Page.Locator("tbody tr").CountAsync(), await without.Page.Locator("tbody tr").Filter(new() { Visible = true }).CountAsync());
        Assert.Equal(await with.Page.Locator("figure").CountAsync(), await without.Page.Locator("figure svg").CountAsync());
        await Expect(without.Page.Locator("nav a").First).ToBeVisibleAsync();
        await Expect(without.Page.Locator("main section p").First).ToContainTextAsync("is best on");
        Assert.Equal(0, await without.Page.Locator("main button, main input").CountAsync());
    }
}

/// <summary>Reports as files, made once for all tests that look at them.</summary>
public sealed class ReportPage : IDisposable
{
    public const int Methods = 9;

    private readonly TemporaryFolder _folder = new();

    public ReportPage()
    {
        Address = Write("large", 8, Methods);
        Small = Write("small", 1, 2);
    }

    /// <summary>Of many problems and methods.</summary>
    public string Address { get; }

    /// <summary>Of one problem and two methods.</summary>
    public string Small { get; }

    public void Dispose() => _folder.Dispose();

    internal string Screenshot(ColorScheme scheme, int width) => Path.Combine(
        Directory.CreateDirectory(Path.Combine(RepositoryPaths.Root, "artifacts", "screenshots")).FullName, FormattableString.Invariant($"report-{(scheme == ColorScheme.Light ? "light" : "dark")}-{width}.png"));

    private string Write(string name, int problems, int methods)
    {
        var results = new StudyResultsBuilder()
            .With(Factor.Problem, [.. Enumerable.Range(1, problems).Select(i => FormattableString.Invariant($"problem{i}"))])
            .With(Factor.Balancer, [.. Enumerable.Range(1, methods).Select(i => FormattableString.Invariant($"method{i}"))])
            .Control(Factor.Balancer, "method1")
            .Error((levels, seed) => 0.2 / (1 << int.Parse(levels.Balancer.Kind[6..], System.Globalization.CultureInfo.InvariantCulture)) * (1 + (0.01 * (seed - 2))))
            .Build();
        ReportWriter.Write(StudyReport.Build(results), _folder[name], [ReportFormat.Html]);
        return new Uri(Path.Combine(_folder[name], "report.html")).AbsoluteUri;
    }
}
