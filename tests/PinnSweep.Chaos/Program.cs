using System.Globalization;
using PinnSweep.Chaos;
using PinnSweep.Studies;

try
{
    return await new ChaosRun(ChaosOptions.Parse(args)).RunAsync();
}
catch (UserMistakeException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 1;
}

/// <summary>What was asked for.</summary>
internal sealed record ChaosOptions(double Minutes, long Seed, int Trials, bool Keep)
{
    public static ChaosOptions Parse(string[] arguments)
    {
        var options = new ChaosOptions(10, 1, 2000, false);
        for (var i = 0; i < arguments.Length; i++)
        {
            double Number(double least) => ++i < arguments.Length && double.TryParse(arguments[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least
                ? value
                : throw new UserMistakeException($"{arguments[i - 1]}: expected a number of at least {least}");
            options = arguments[i] switch
            {
                "--minutes" => options with { Minutes = Number(0.1) },
                "--seed" => options with { Seed = (long)Number(0) },
                "--trials" => options with { Trials = (int)Number(1) },
                "--keep" => options with { Keep = true },
                var unknown => throw new UserMistakeException($"tests/chaos: unknown option {unknown}{NearestMatch.Hint(unknown, ["--minutes", "--seed", "--trials", "--keep"])}"),
            };
        }

        return options;
    }
}
