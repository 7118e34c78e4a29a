NAME        
ROWS
 N  NoObj   
 G  equity_below_110000
 G  equity_below_120000
 G  equity_below_130000
COLUMNS
    quota_110000  equity_below_110000  1
    quota_120000  equity_below_120000  1
    quota_130000  equity_below_130000  1
    entitlement_110000  equity_below_110000  -0.75
    entitlement_120000  equity_below_120000  -0.75
    entitlement_130000  equity_below_130000  -0.75
RHS
BOUNDS
 FR BOUND     quota_110000
 FR BOUND     quota_120000
 FR BOUND     quota_130000
 FR BOUND     entitlement_110000
 FR BOUND     entitlement_120000
 FR BOUND     entitlement_130000
ENDATA
