using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PinnSweep.Reports.Tests.Latex;

/// <summary>TeX Live where a machine has it, and what its log says of a page.</summary>
internal static partial class TexLive
{
    // Debian's names of what has siunitx and the classes of journals.
    private const string Packages = "apt-get install --no-install-recommends texlive-latex-base texlive-latex-recommended texlive-latex-extra texlive-science texlive-publishers texlive-fonts-recommended lmodern: 209 MB, 550 MB on disk";

    /// <summary>Skips the test where documents with tables of numbers cannot be compiled.</summary>
    public static async Task RequireAsync(params string[] files)
    {
        foreach (var file in files.Prepend("siunitx.sty"))
        {
            try
            {
                var (code, _) = await RunAsync(Path.GetTempPath(), "kpsewhich", file);
                Assert.SkipUnless(code == 0, $"TeX has no {file} ({Packages}); it compiles the reports");
            }
            catch (Win32Exception)
            {
                Assert.Skip($"TeX is not installed ({Packages}); it compiles the reports");
            }
        }
    }

    /// <summary>Compiles a document, as often as its references need; the log is what the last run said.</summary>
    public static async Task<string> CompileAsync(string folder, string document, int runs = 1, bool hasBibliography = false)
    {
        var log = "";
        for (var i = 0; i < runs; i++)
        {
            var (code, output) = await RunAsync(folder, "pdflatex", "-halt-on-error", "-interaction=nonstopmode", "-no-shell-escape", $"{document}.tex");
            Assert.True(code == 0, output[Math.Max(0, output.Length - 3000)..]);
            log = output;
            if (i == 0 && hasBibliography)
            {
                (code, output) = await RunAsync(folder, "bibtex", document);
                Assert.True(code == 0 && !output.Contains("Warning--", StringComparison.Ordinal), output);
            }
        }

        // The log file has its lines whole, as the terminal has not.
        return File.Exists(Path.Combine(folder, $"{document}.log")) ? await File.ReadAllTextAsync(Path.Combine(folder, $"{document}.log"), TestContext.Current.CancellationToken) : log;
    }

    /// <summary>Boxes that stick out by more than so many points, references without a target, and floats higher than a page.</summary>
    public static IEnumerable<string> Faults(string log, double points) =>
        Overfull().Matches(log).Where(match => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) > points).Select(match => match.Value)
            .Concat(Broken().Matches(log).Select(match => match.Value));

    private static async Task<(int Code, string Output)> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["max_print_line"] = "1000" },
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    [GeneratedRegex(@"Overfull \\hbox \(([\d.]+)pt too wide\).*")]
    private static partial Regex Overfull();

    [GeneratedRegex(@"(?:Reference|Citation) .* undefined.*|There were undefined.*|Float too large.*|LaTeX Error.*|Empty bibliography.*")]
    private static partial Regex Broken();
}
