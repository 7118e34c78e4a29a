NAME        
ROWS
 N  NoObj   
 G  floor_110000
 G  floor_120000
 G  floor_130000
COLUMNS
    quota_110000  floor_110000  1
    quota_120000  floor_120000  1
    quota_130000  floor_130000  1
RHS
    RHS_V     floor_110000  3
    RHS_V     floor_120000  6
    RHS_V     floor_130000  9
BOUNDS
 FR BOUND     quota_110000
 FR BOUND     quota_120000
 FR BOUND     quota_130000
ENDATA
