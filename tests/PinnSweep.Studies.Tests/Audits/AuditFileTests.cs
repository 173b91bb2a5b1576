using PinnSweep.Studies.Audits;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Tests.Audits;

public class AuditFileTests
{
    [Fact]
    public void Numbers_are_read_and_gaps_left_out()
    {
        var values = AuditFile.Read("case,method,mean,sd,source\nBurgers,PINN,1.45e-2,1.6e-3,Table 3\nBurgers,L-BFGS,-,,Table 3\n", "t.csv");

        var value = Assert.Single(values);
        Assert.Equal(("Burgers", "PINN", 1.45e-2, 1.6e-3, "Table 3", ""), (value.Case, value.Method, value.Mean, value.Deviation, value.Source, value.Metric));
        Assert.Null(value.Runs);
    }

    [Theory]
    [InlineData("case,methd,mean\na,b,1\n", "t.csv:1:6: column 'methd' is unknown")]
    [InlineData("case,mean\na,1\n", "t.csv:1:1: column 'method' is missing")]
    [InlineData("case,method,mean\na,b,0\n", "t.csv:2:5: mean '0': expected a number above 0")]
    [InlineData("case,method,mean,sd\na,b,1,-2\n", "t.csv:2:7: sd '-2': expected a number of 0 or more")]
    [InlineData("case,method,mean\na,b,1\na,b,2\n", "t.csv:3:1: b on a stands in line 2 already")]
    [InlineData("case,method,mean\na,b\n", "t.csv:2:1: has 2 fields; the headings are 3")]
    [InlineData("case,method,mean,n\na,b,1,2.5\n", "t.csv:2:7: n '2.5': expected a whole number of runs")]
    [InlineData("", "t.csv: is empty")]
    [InlineData("case,method,mean\n", "t.csv: has no number below its headings")]
    public void A_mistake_names_line_and_column(string text, string told) =>
        Assert.Contains(told, Assert.Throws<UserMistakeException>(() => AuditFile.Read(text, "t.csv")).Message, StringComparison.Ordinal);
}
